package dev.lockstep.cache.jvm;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A class loader that has all libraries for itself, as a web application's, less some. */
public final class LikeAWebApplication implements AutoCloseable {

    private final URLClassLoader loader;

    /** @param absent whether a jar is to be left out, by its file name */
    public LikeAWebApplication(Predicate<String> absent) {
        this(ours().filter(path -> !absent.test(path.getFileName().toString())));
    }

    private LikeAWebApplication(Stream<Path> libraries) {
        loader = new URLClassLoader(
                libraries.map(LikeAWebApplication::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** One that has these jars, by a class path, and of ours only what Lockstep brings itself. */
    public static LikeAWebApplication withJars(String classPath) {
        Stream<Path> kept = ours().filter(path -> Files.isDirectory(path) || isFailsafe(path));
        return new LikeAWebApplication(Stream.concat(kept, paths(classPath)));
    }

    private static boolean isFailsafe(Path path) {
        return path.getFileName().toString().startsWith("failsafe-");
    }

    private static Stream<Path> ours() {
        return paths(System.getProperty("java.class.path"));
    }

    private static Stream<Path> paths(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of);
    }

    /** Runs a {@link RoundTrip} in it. */
    public boolean roundTrip(String cache, Map<String, String> settings) throws Exception {
        return (boolean) call(RoundTrip.class, cache, settings);
    }

    /** Runs {@link FirstUse} in it. */
    public boolean works(String cache, Map<String, String> settings) throws Exception {
        return (boolean) call(FirstUse.class, cache, settings);
    }

    /** What a cache finds wrong with its settings, or lacks, in it. */
    @SuppressWarnings("unchecked")
    public List<String> problems(String cache, Map<String, String> settings) throws Exception {
        return (List<String>) call(Configuring.class, cache, settings);
    }

    /** Runs something with a constructor without parameters in it. */
    public Object run(Class<? extends Callable<?>> work) throws Exception {
        return call(() -> loader.loadClass(work.getName()).getConstructor().newInstance());
    }

    private Object call(Class<?> work, String cache, Map<String, String> settings) throws Exception {
        return call(() -> loader.loadClass(work.getName())
                .getConstructor(String.class, Map.class)
                .newInstance(cache, settings));
    }

    private Object call(Callable<Object> made) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return ((Callable<?>) made.call()).call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
