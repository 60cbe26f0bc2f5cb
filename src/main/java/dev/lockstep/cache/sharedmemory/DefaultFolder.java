package dev.lockstep.cache.sharedmemory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The folder where nothing else is configured, the same for all processes of a user:
 * {@code /dev/shm/lockstep-UID}. Anybody may make a folder of that name first. Then it is
 * {@code /run/user/UID/lockstep}, if the machine has that: nobody but the user and root can make
 * anything there. Where it has not, the first one stays the answer, and is refused when it is
 * opened, with the reason. Immutable.
 */
record DefaultFolder(Path shared, Path runtime) {

    private static final Path SHARED = Path.of("/dev/shm");
    private static final Path RUNTIME = Path.of("/run/user");

    /** With the dot, since the link before it is root's. */
    private static final Path SELF = Path.of("/proc/self/.");

    static Path find() {
        String user = user();
        return new DefaultFolder(SHARED.resolve("lockstep-" + user), RUNTIME.resolve(user)).choose(user);
    }

    Path choose(String user) {
        return isTaken(user) && isOwn(runtime, user) ? runtime.resolve("lockstep") : shared;
    }

    private boolean isTaken(String user) {
        return Files.exists(shared, LinkOption.NOFOLLOW_LINKS) && !isOwn(shared, user);
    }

    private static boolean isOwn(Path folder, String user) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && owner(folder).equals(user);
    }

    /** This process's user by number: a name may be missing in a container, and may be set. */
    private static String user() {
        String user = owner(SELF);
        return user.isEmpty() ? "_" : user;
    }

    /** Empty where that can't be told. */
    private static String owner(Path path) {
        try {
            return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    .toString();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
