package dev.lockstep.cache.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFilesTest {

    private static final int NOBODY = 65_534;

    @TempDir
    Path temporary;

    private Path folder;
    private Path file;

    @BeforeEach
    void choose() {
        folder = temporary.resolve("above/folder");
        file = folder.resolve("file");
    }

    @Test
    void whatIsAbsentIsMadeForThisUserOnly() throws Exception {
        PrivateFiles.prepare(file);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void whatWasMadeIsAcceptedAgain() throws Exception {
        PrivateFiles.prepare(file);
        PrivateFiles.prepare(file);
        PrivateFiles.check(file);
    }

    @Test
    void othersMayRead() throws Exception {
        PrivateFiles.prepare(file);
        chmod(file, "rw-r--r--");
        chmod(folder, "rwxr-xr-x");
        PrivateFiles.check(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw----rw-", "rw-----w-", "rw--w----"})
    void aFileThatOthersCanWriteIsRefused(String mode) throws Exception {
        PrivateFiles.prepare(file);
        chmod(file, mode);
        assertRefused(file + " can be written by others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwxrwxrwx", "rwx----w-"})
    void aFolderThatOthersCanWriteIsRefused(String mode) throws Exception {
        PrivateFiles.prepare(file);
        chmod(folder, mode);
        assertRefused(folder + " can be written by others");
    }

    @Test
    void aFolderAboveThatOthersCanWriteIsRefused() throws Exception {
        PrivateFiles.prepare(file);
        chmod(folder.getParent(), "rwxrwxrwx");
        assertRefused(folder.getParent() + " can be written by others");
    }

    @Test
    void aStickyFolderAboveIsAccepted() throws Exception {
        PrivateFiles.prepare(file);
        Program.require(
                Duration.ofMinutes(1),
                List.of("chmod", "1777", folder.getParent().toString()));
        PrivateFiles.check(file);
    }

    @Test
    void aSymbolicLinkInPlaceOfTheFileIsRefused() throws Exception {
        PrivateFiles.prepare(file);
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, file);
        assertThatThrownBy(() -> PrivateFiles.prepare(link))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining("symbolic links are not followed");
    }

    @Test
    void aSymbolicLinkInPlaceOfTheFolderIsRefused() throws Exception {
        PrivateFiles.prepare(file);
        Path link = temporary.resolve("link");
        Files.createSymbolicLink(link, folder);
        assertThatThrownBy(() -> PrivateFiles.prepare(link.resolve("file")))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining("symbolic links are not followed");
    }

    /** Root gives a folder away; another user finds one of root's. */
    @Test
    void anotherUsersFolderIsRefused() throws Exception {
        Path others = Path.of("/usr");
        if (isRoot()) {
            PrivateFiles.prepare(file);
            Files.setAttribute(folder, "unix:uid", NOBODY);
            others = folder;
        }
        Path theirs = others;
        assertThatThrownBy(() -> PrivateFiles.prepare(theirs.resolve("file")))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining(theirs + " belongs to another user");
    }

    /** Root gives a file away; another user finds one of root's, in root's folder. */
    @Test
    void anotherUsersFileIsRefused() throws Exception {
        Path others = Path.of("/etc/passwd");
        if (isRoot()) {
            PrivateFiles.prepare(file);
            Files.setAttribute(file, "unix:uid", NOBODY);
            others = file;
        }
        Path theirs = others;
        assertThatThrownBy(() -> PrivateFiles.check(theirs))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining("belongs to another user");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> PrivateFiles.prepare(file))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> PrivateFiles.check(file)).isInstanceOf(UnsafeFileException.class);
    }

    private boolean isRoot() throws IOException {
        return (int) Files.getAttribute(temporary, "unix:uid") == 0;
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
