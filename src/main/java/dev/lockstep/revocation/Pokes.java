package dev.lockstep.revocation;

import dev.lockstep.concurrent.RateLimiter;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What comes over a revocation channel. What is pushed goes among the facts. A poke has the log, or
 * the rows of nodes, read at once by the thread that brings it: nothing follows from what it says,
 * only from what is read.
 *
 * <p>A push that says nothing new, which somebody repeats, or which the log has overtaken, is
 * acknowledged only as often as pokes are answered.
 *
 * <p>So a forged poke costs a reading, or an answer. Those that told nothing new are taken from a
 * budget, and where that is spent all pokes wait until there is some again: a flood has a node poll
 * at most {@value #USELESS_AT_ONCE} times and then {@value #USELESS_PER_SECOND} times a second more
 * than it does anyhow, and answer {@value #ANSWERS_PER_SECOND} times a second. A logout that is
 * made meanwhile is held up by a pause of 50 ms at each node at most, or waits for the polls.
 *
 * <p>Thread-safe; the channel calls {@link #poked} from one thread at a time.
 */
final class Pokes implements RevocationChannel.Receiver {

    /** More than come for nothing where nobody means harm, as in the moments of a failover. */
    static final int USELESS_AT_ONCE = 20;

    /** Some ten times as often as a node polls anyhow, and still less than a percent of a core. */
    static final int USELESS_PER_SECOND = 20;

    /**
     * Where many nodes revoke at a time one poll serves several of them, and those whose pokes come
     * later need an answer alone.
     */
    static final int ANSWERS_PER_SECOND = 200;

    private static final Duration PAUSE = Duration.ofSeconds(1).dividedBy(USELESS_PER_SECOND);

    private static final Logger LOG = System.getLogger(Pokes.class.getName());

    private final CurrentFacts current;
    private final Feed feed;
    private final LeaseWaits waits;
    private final Runnable tick;
    private final Answers connection;
    private final NodeListener observer;
    private final RateLimiter useless;
    private final RateLimiter answers;

    /**
     * @param tick has the feed run on its own thread, soon
     * @param direct reads the store on the thread that calls
     * @param channel by which those are answered whom the store does not tell
     */
    Pokes(
            CurrentFacts current,
            Feed feed,
            LeaseWaits waits,
            Runnable tick,
            LogConnection direct,
            RevocationChannel channel,
            NodeClock clock,
            NodeListener observer) {
        this.current = current;
        this.feed = feed;
        this.waits = waits;
        this.tick = tick;
        this.connection = new Answers(direct, channel);
        this.observer = observer;
        this.useless = new RateLimiter(USELESS_AT_ONCE, USELESS_PER_SECOND, clock::nanoTime);
        this.answers = new RateLimiter(ANSWERS_PER_SECOND, ANSWERS_PER_SECOND, clock::nanoTime);
    }

    @Override
    public Optional<String> apply(RevocationChannel.Message message) {
        return apply(message, Runnable::run);
    }

    @Override
    public Optional<String> apply(RevocationChannel.Message message, Executor later) {
        return current.apply(message, later, () -> answers.take(1));
    }

    @Override
    public Duration poked(Collection<Poke> pokes) {
        try {
            if (committed(of(Kind.COMMITTED, pokes)) && applied(of(Kind.APPLIED, pokes))) {
                observer.poked(pokes.size());
                return Duration.ZERO;
            }
            return PAUSE;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Poked, but the store could not be read; polls go on.", e);
            return Duration.ZERO;
        }
    }

    /** Whether that is dealt with; else there were too many. */
    private boolean committed(List<Poke> pokes) {
        List<Poke> unanswered =
                pokes.stream().filter(poke -> !connection.answered(poke)).toList();
        if (unanswered.isEmpty()) {
            return true;
        }
        LogPosition known = feed.applied();
        boolean grown = unanswered.stream().anyMatch(poke -> !known.reaches(poke.position()));
        return within(grown ? useless : answers, () -> read(grown, unanswered));
    }

    private boolean read(boolean grown, List<Poke> pokes) {
        Set<String> senders = pokes.stream().map(Poke::sender).collect(Collectors.toSet());
        boolean tookPart = feed.takesPartStill();
        boolean news = feed.poked(grown, connection, senders);
        if (tookPart && !feed.takesPartStill()) {
            tick.run();
        }
        return news;
    }

    private boolean applied(List<Poke> pokes) {
        Map<String, LogPosition> words = new HashMap<>();
        pokes.forEach(poke -> words.put(poke.sender(), poke.position()));
        return words.isEmpty() || within(useless, () -> waits.poked(words, connection));
    }

    /** What tells nothing new is charged to a budget; false where that is spent. */
    private static boolean within(RateLimiter budget, BooleanSupplier reading) {
        if (!budget.take(1)) {
            return false;
        }
        if (reading.getAsBoolean()) {
            budget.giveBack(1);
        }
        return true;
    }

    private static List<Poke> of(Kind kind, Collection<Poke> pokes) {
        return pokes.stream().filter(poke -> poke.kind() == kind).toList();
    }

    /**
     * Sees to it that whoever waits for an acknowledgement is told of it, one way or the other, and
     * remembers whom it has told how much: no more is owed to him. One thread's.
     */
    private static final class Answers implements LogConnection {

        /** As many as nodes, or few less; who is forgotten is told once more. */
        private static final int REMEMBERED = 1_000;

        private final LogConnection direct;
        private final RevocationChannel channel;
        private final Map<String, LogPosition> told = new HashMap<>();

        Answers(LogConnection direct, RevocationChannel channel) {
            this.direct = direct;
            this.channel = channel;
        }

        boolean answered(Poke poke) {
            LogPosition last = told.get(poke.sender());
            return last != null && last.reaches(poke.position());
        }

        @Override
        public LogPage poll(String nodeId, LogPosition after, int limit) {
            return direct.poll(nodeId, after, limit);
        }

        @Override
        public boolean acknowledge(String nodeId, LogPosition applied, Set<String> senders) {
            if (!direct.acknowledge(nodeId, applied, senders) && !senders.isEmpty()) {
                channel.answer(applied, senders);
            }
            if (told.size() > REMEMBERED) {
                told.clear();
            }
            senders.forEach(sender -> told.put(sender, applied));
            return true;
        }

        @Override
        public NodeRows nodesAmong(Collection<String> nodeIds) {
            return direct.nodesAmong(nodeIds);
        }
    }
}
