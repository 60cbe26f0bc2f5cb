package dev.lockstep.sim.weave;

import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Puts the seams into one method. */
final class MethodWeaver extends MethodVisitor {

    private static final String FUTURE = "java/util/concurrent/Future";
    private static final String STAGE = "java/util/concurrent/CompletableFuture";
    private static final String FACTORY = "Ljava/util/concurrent/ThreadFactory;)";

    /** What is called in place of what: the receiver becomes the first argument. */
    private static final Map<String, String> CALLS = Map.of(
            STAGE + ".join()Ljava/lang/Object;",
            "(L" + STAGE + ";)Ljava/lang/Object;",
            STAGE + ".get()Ljava/lang/Object;",
            "(L" + FUTURE + ";)Ljava/lang/Object;",
            STAGE + ".get(JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;",
            "(L" + FUTURE + ";JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;",
            FUTURE + ".get(JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;",
            "(L" + FUTURE + ";JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;",
            "java/util/concurrent/locks/LockSupport.parkNanos(J)V",
            "(J)V",
            "java/util/Set.copyOf(Ljava/util/Collection;)Ljava/util/Set;",
            "(Ljava/util/Collection;)Ljava/util/Set;",
            "dev/lockstep/session/SessionThreads.scheduler(I" + FACTORY
                    + "Ljava/util/concurrent/ScheduledExecutorService;",
            "(I" + FACTORY + "Ljava/util/concurrent/ScheduledExecutorService;",
            "dev/lockstep/session/SessionThreads.pool(II" + FACTORY + "Ljava/util/concurrent/ExecutorService;",
            "(II" + FACTORY + "Ljava/util/concurrent/ExecutorService;");

    private final List<Step> steps;

    MethodWeaver(MethodVisitor target, List<Step> steps) {
        super(Weaver.API, target);
        this.steps = steps;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        pass(true);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.MONITORENTER) {
            toSeam("enter", "(Ljava/lang/Object;)V");
        } else if (opcode == Opcodes.MONITOREXIT) {
            toSeam("exit", "(Ljava/lang/Object;)V");
        } else {
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                pass(false);
            }
            super.visitInsn(opcode);
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (owner.equals("java/util/concurrent/ConcurrentHashMap") && name.equals("newKeySet")) {
            toSeam("newKeySet", "()Ljava/util/Set;");
            super.visitTypeInsn(Opcodes.CHECKCAST, "java/util/Set");
            return;
        }
        String instead = CALLS.get(owner + "." + name + descriptor);
        if (instead == null) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        } else {
            toSeam(name, instead);
        }
    }

    private void pass(boolean atEntry) {
        for (Step step : steps) {
            if (step.atEntry == atEntry) {
                super.visitIntInsn(Opcodes.BIPUSH, step.ordinal());
                toSeam("at", "(I)V");
            }
        }
    }

    private void toSeam(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.SEAMS, name, descriptor, false);
    }
}
