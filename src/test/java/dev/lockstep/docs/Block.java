package dev.lockstep.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of code as a page of the documentation prints it.
 *
 * @param page relative to the project
 * @param language what the opening fence names; empty if nothing
 * @param text without the fences and without the indentation that they share
 */
public record Block(Path page, String language, String text) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```([^\\n]*)\\n(.*?)^\\1```$");

    /**
     * A block that the calling test runs; by these calls {@code EveryBlockTest} knows that somebody
     * does. It reads them in the source, so all arguments are literals.
     *
     * @param page relative to the project
     * @param number among the page's blocks in this language, from 1
     */
    public static Block printed(String page, String language, int number) {
        return of(Path.of(page), language).get(number - 1);
    }

    /** The blocks of a page, in its order. */
    public static List<Block> of(Path page) {
        Matcher fenced = FENCED.matcher(read(page));
        return fenced.results()
                .map(each ->
                        new Block(page, each.group(2).strip(), each.group(3).replaceAll("(?m)^" + each.group(1), "")))
                .toList();
    }

    /** The blocks of a page in one language. */
    public static List<Block> of(Path page, String language) {
        return of(page).stream()
                .filter(each -> each.language().equals(language))
                .toList();
    }

    /** The blocks of all pages in one language. */
    static Stream<Block> all(String language) {
        return pages().stream().flatMap(page -> of(page, language).stream());
    }

    /**
     * All pages: those beside the project's {@code pom.xml}, and below {@code docs} and
     * {@code rigs}.
     */
    static List<Path> pages() {
        return Stream.of(
                        Stream.of("README", "CONTRIBUTING", "CHANGELOG", "SECURITY")
                                .map(name -> Path.of(name + ".md")),
                        files(Path.of("docs"), ".md"),
                        files(Path.of("rigs"), ".md"))
                .flatMap(files -> files)
                .sorted()
                .toList();
    }

    /** The files below a folder whose names end so; what a build made is not looked at. */
    static Stream<Path> files(Path folder, String end) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return visited.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(end)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted();
    }

    static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the names of tests: the page and the block's first line. */
    @Override
    public String toString() {
        return page + ": " + text.lines().findFirst().orElse("");
    }
}
