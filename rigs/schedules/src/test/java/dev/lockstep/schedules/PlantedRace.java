package dev.lockstep.schedules;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.ModifierAdjustment;
import net.bytebuddy.description.modifier.SynchronizationState;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * A class of the product that is broken, so that threads race in it.
 *
 * @param type its name
 * @param change what is done to it
 */
record PlantedRace(String type, AsmVisitorWrapper change) {

    /** A method that is synchronized no more. */
    static PlantedRace unlocked(String type, String method) {
        return new PlantedRace(
                type, new ModifierAdjustment().withMethodModifiers(named(method), SynchronizationState.PLAIN));
    }

    /** A method whose synchronized blocks lock nothing. */
    static PlantedRace withoutMonitors(String type, String method) {
        return new PlantedRace(type, visited(method, WithoutMonitors::new));
    }

    /** A set that is asked for its older digests first, and which those are is read twice. */
    static PlantedRace olderFirst(String type, String method) {
        return new PlantedRace(type, visited(method, OlderFirst::new));
    }

    /** A method that does what another class of this rig says. */
    static PlantedRace advised(String type, String method, Class<?> advice) {
        return new PlantedRace(type, Advice.to(advice).on(named(method)));
    }

    /** Writes the broken class below a folder. */
    void writeTo(Path folder) throws IOException {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(PlantedRace.class.getClassLoader());
        TypePool types = TypePool.Default.of(locator);
        byte[] bytes = new ByteBuddy()
                .redefine(types.describe(type).resolve(), locator)
                .visit(change)
                .make()
                .getBytes();
        Path file = folder.resolve(type.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private interface Visit {
        MethodVisitor of(MethodVisitor next);
    }

    private static AsmVisitorWrapper visited(String method, Visit visit) {
        return new AsmVisitorWrapper.ForDeclaredMethods()
                .method(named(method), (type, described, visitor, context, pool, writer, reader) -> visit.of(visitor));
    }

    private static final class WithoutMonitors extends MethodVisitor {

        WithoutMonitors(MethodVisitor next) {
            super(OpenedClassReader.ASM_API, next);
        }

        @Override
        public void visitInsn(int opcode) {
            boolean monitor = opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT;
            super.visitInsn(monitor ? Opcodes.POP : opcode);
        }
    }

    /** Where the pair of generations was put into the first variable, and asked for each half. */
    private static final class OlderFirst extends MethodVisitor {

        private static final int PAIR = 2;
        private static final String SET = "dev/lockstep/revocation/RevokedSet";
        private static final String GENERATIONS = SET + "$Generations";

        OlderFirst(MethodVisitor next) {
            super(OpenedClassReader.ASM_API, next);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            if (opcode == Opcodes.ALOAD && variable == PAIR) {
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitFieldInsn(Opcodes.GETFIELD, SET, "generations", "L" + GENERATIONS + ";");
            } else {
                super.visitVarInsn(opcode, variable);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            super.visitFieldInsn(opcode, owner, owner.equals(GENERATIONS) ? otherOf(name) : name, descriptor);
        }

        private static String otherOf(String name) {
            return name.equals("younger") ? "older" : "younger";
        }
    }
}
