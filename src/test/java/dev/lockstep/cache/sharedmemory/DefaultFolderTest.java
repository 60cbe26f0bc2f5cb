package dev.lockstep.cache.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another user makes the folder before we do. */
class DefaultFolderTest {

    @TempDir
    Path folder;

    private String user;
    private DefaultFolder folders;

    @BeforeEach
    void start() throws Exception {
        user = Files.getAttribute(folder, "unix:uid").toString();
        folders = new DefaultFolder(folder.resolve("shared"), Files.createDirectory(folder.resolve("runtime")));
    }

    @Test
    void allProcessesOfAUserFindTheSame() throws Exception {
        assertThat(DefaultFolder.find().toString()).endsWith("/lockstep-" + user);
        assertThat(folders.choose(user)).isEqualTo(folders.shared());
        Files.createDirectory(folders.shared());
        assertThat(folders.choose(user)).isEqualTo(folders.shared());
    }

    @Test
    void oneThatIsTakenIsLeftForOneThatNobodyElseCanMake() throws Exception {
        Files.createSymbolicLink(folders.shared(), folder);
        assertThat(folders.choose(user)).isEqualTo(folders.runtime().resolve("lockstep"));
        Files.delete(folders.shared());
        Files.createFile(folders.shared());
        assertThat(folders.choose(user)).isEqualTo(folders.runtime().resolve("lockstep"));
    }

    @Test
    void oneOfAnotherUserIsTaken() throws Exception {
        Files.createDirectory(folders.shared());
        assertThat(folders.choose("another")).as("and so is the other").isEqualTo(folders.shared());
    }

    /** Then it is refused with a reason when it is opened. */
    @Test
    void whereThereIsNoOtherItStaysTheAnswer() throws Exception {
        Files.createSymbolicLink(folders.shared(), folder);
        Files.delete(folders.runtime());
        assertThat(folders.choose(user)).isEqualTo(folders.shared());
    }
}
