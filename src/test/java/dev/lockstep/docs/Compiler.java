package dev.lockstep.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java that a page prints, with the class path of the tests. */
public final class Compiler {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern CLASS =
            Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface) (\\w+)");

    private Compiler() {}

    /**
     * Compiles source files with one public type each.
     *
     * @param to the directory for the classes
     * @throws IllegalArgumentException with the compiler's messages if they don't compile
     */
    public static void compile(Path to, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("--release", "17", "-proc:none", "-classpath", classPath(), "-d", to.toString());
        List<Source> files = Arrays.stream(sources).map(Source::new).toList();
        if (!compiler.getTask(messages, null, null, options, null, files).call()) {
            throw new IllegalArgumentException(messages + "\nin\n" + String.join("\n", sources));
        }
    }

    /** Likewise, and gives their classes, in the order of the sources. */
    public static List<Class<?>> load(Path to, String... sources) throws IOException, ClassNotFoundException {
        compile(to, sources);
        ClassLoader loader = new URLClassLoader(new URL[] {to.toUri().toURL()}, Compiler.class.getClassLoader());
        List<Class<?>> classes = new ArrayList<>();
        for (String source : sources) {
            classes.add(loader.loadClass(Source.path(source).replace('/', '.')));
        }
        return classes;
    }

    /** The JVM of a test has it in the manifest of a jar, unless asked for it by this name. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///" + path(text) + Kind.SOURCE.extension), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        private static String path(String text) {
            Matcher folder = PACKAGE.matcher(text);
            Matcher name = CLASS.matcher(text);
            if (!name.find()) {
                throw new IllegalArgumentException("no public type in\n" + text);
            }
            return (folder.find() ? folder.group(1).replace('.', '/') + "/" : "") + name.group(1);
        }
    }
}
