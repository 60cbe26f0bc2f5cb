package dev.lockstep.docs;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
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
     * Compiles a source file with one public type.
     *
     * @param to the directory for the classes
     * @throws IllegalArgumentException with the compiler's messages if it doesn't compile
     */
    public static void compile(String source, Path to) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("--release", "17", "-proc:none", "-classpath", classPath(), "-d", to.toString());
        if (!compiler.getTask(messages, null, null, options, null, List.of(new Source(source)))
                .call()) {
            throw new IllegalArgumentException(messages + "\nin\n" + source);
        }
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
