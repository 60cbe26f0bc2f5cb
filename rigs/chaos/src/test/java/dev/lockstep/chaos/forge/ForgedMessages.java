package dev.lockstep.chaos.forge;

import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between a channel and the product's messages, on their bytes: while {@link #set} says so, pushes
 * are lost, changed, sent again in place of others, given back to their sender and to nodes that
 * they were not meant for; acknowledgements are made up in the names of nodes that have applied
 * nothing; and revocations are invented. Otherwise it changes nothing. Thread-safe.
 */
public final class ForgedMessages implements PushMessages {

    private static final int REMEMBERED = 500;
    private static final int INVENTED = 200;
    private static final ExecutorService THREADS = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "forger of messages");
        thread.setDaemon(true);
        return thread;
    });

    private static volatile boolean on;

    private final PushMessages real;
    private final List<byte[]> pushes = new ArrayList<>();
    private final List<byte[]> acknowledgements = new ArrayList<>();
    private final Random random = new Random();
    private volatile @Nullable Receiver receiver;

    private ForgedMessages(PushMessages real) {
        this.real = real;
    }

    /** What the agent puts in place of the product's. */
    public static Object around(Object real) {
        return new ForgedMessages((PushMessages) real);
    }

    /** For all of this JVM. */
    public static void set(boolean value) {
        on = value;
    }

    @Override
    public Optional<byte[]> push(Message message, Duration deadline, Consumer<String> acknowledged) {
        Optional<byte[]> made = real.push(message, deadline, acknowledged);
        made.ifPresent(this::remember);
        return on ? made.flatMap(this::forgedPush) : made;
    }

    @Override
    public Optional<byte[]> received(byte[] bytes, Receiver to) {
        receiver = to;
        remember(bytes);
        if (!on) {
            return real.received(bytes, to);
        }
        disturb(bytes);
        return real.received(isOneOf(4) ? Frames.changed(bytes, fresh()) : bytes, to);
    }

    /** Acknowledged at once in everybody's name; what is sent is it, another one, or nothing. */
    private Optional<byte[]> forgedPush(byte[] push) {
        for (byte[] acknowledgement : acknowledgements()) {
            String row = Frames.row(acknowledgement);
            bring(Frames.acknowledged(push, row, fresh()));
            bring(Frames.renamed(acknowledgement, push));
        }
        bring(push);
        return switch (fresh().nextInt(4)) {
            case 0 -> Optional.of(push);
            case 1 -> Optional.of(Frames.changed(push, fresh()));
            case 2 -> former();
            default -> Optional.empty();
        };
    }

    /** More comes than was sent. */
    private void disturb(byte[] bytes) {
        former().ifPresent(this::bring);
        if (Frames.isPush(bytes)) {
            bring(Frames.invented(bytes, INVENTED, fresh()));
        }
    }

    /** As if it came by the channel; what is answered reaches nobody, or whoever has asked. */
    private void bring(byte[] bytes) {
        Receiver to = receiver;
        if (to != null) {
            THREADS.execute(() -> real.received(bytes, to).ifPresent(answer -> real.received(answer, to)));
        }
    }

    private synchronized void remember(byte[] bytes) {
        if (Frames.isPush(bytes)) {
            keep(bytes, pushes);
        } else if (Frames.isAcknowledgement(bytes)) {
            acknowledgements.removeIf(known -> Frames.row(known).equals(Frames.row(bytes)));
            keep(bytes, acknowledgements);
        }
    }

    private static void keep(byte[] bytes, List<byte[]> all) {
        if (all.size() == REMEMBERED) {
            all.remove(0);
        }
        all.add(bytes);
    }

    private synchronized List<byte[]> acknowledgements() {
        return List.copyOf(acknowledgements.subList(Math.max(0, acknowledgements.size() - 6), acknowledgements.size()));
    }

    private synchronized Optional<byte[]> former() {
        return pushes.isEmpty() ? Optional.empty() : Optional.of(pushes.get(random.nextInt(pushes.size())));
    }

    private synchronized boolean isOneOf(int many) {
        return random.nextInt(many) == 0;
    }

    private static Random fresh() {
        return java.util.concurrent.ThreadLocalRandom.current();
    }
}
