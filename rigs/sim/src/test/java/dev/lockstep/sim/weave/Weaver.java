package dev.lockstep.sim.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts the seams into one class: locks, waiting, executors and orders that the JDK would choose go
 * to {@code Seams}, and each {@link Step} passes by it.
 */
final class Weaver extends ClassVisitor {

    static final int API = Opcodes.ASM9;
    static final String SEAMS = "dev/lockstep/sim/engine/Seams";

    private static final String LOCKED = "$locked";

    private final String name;
    private final List<Step> missing;
    private String internalName = "";

    private Weaver(String name, ClassVisitor target, List<Step> missing) {
        super(API, target);
        this.name = name;
        this.missing = missing;
    }

    static byte[] woven(String name, byte[] bytes) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        List<Step> missing = new ArrayList<>(Arrays.stream(Step.values())
                .filter(step -> step.type.equals(name))
                .toList());
        new ClassReader(bytes).accept(new Weaver(name, writer, missing), 0);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The product has no such methods any more: " + missing);
        }
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String type, String signature, String parent, String[] interfaces) {
        internalName = type;
        super.visit(version, access, type, signature, parent, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
        boolean locks = (access & Opcodes.ACC_SYNCHRONIZED) != 0;
        if (locks) {
            lock(access & ~Opcodes.ACC_SYNCHRONIZED, method, descriptor, signature, thrown);
        }
        int bodyAccess = locks
                ? access & ~(Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL)
                        | Opcodes.ACC_PRIVATE
                : access;
        MethodVisitor body =
                super.visitMethod(bodyAccess, locks ? method + LOCKED : method, descriptor, signature, thrown);
        return (access & Opcodes.ACC_ABSTRACT) != 0
                ? body
                : new MethodWeaver(body, stepsOf(method, access, descriptor));
    }

    private List<Step> stepsOf(String method, int access, String descriptor) {
        if ((access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC)) != 0) {
            return List.of();
        }
        List<Step> steps = Arrays.stream(Step.values())
                .filter(step -> step.type.equals(name) && step.method.equals(method))
                .toList();
        missing.removeAll(steps);
        return steps;
    }

    /** The method of that name takes the lock, calls the body, and lets the lock go. */
    private void lock(int access, String method, String descriptor, String signature, String[] thrown) {
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        MethodVisitor code = super.visitMethod(access, method, descriptor, signature, thrown);
        code.visitCode();
        Label begin = new Label();
        Label end = new Label();
        Label failed = new Label();
        monitor(code, isStatic, "enter");
        code.visitTryCatchBlock(begin, end, failed, null);
        code.visitLabel(begin);
        int local = 0;
        if (!isStatic) {
            code.visitVarInsn(Opcodes.ALOAD, local++);
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        code.visitMethodInsn(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
                internalName,
                method + LOCKED,
                descriptor,
                false);
        code.visitLabel(end);
        monitor(code, isStatic, "exit");
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitLabel(failed);
        code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
        monitor(code, isStatic, "exit");
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void monitor(MethodVisitor code, boolean isStatic, String what) {
        if (isStatic) {
            code.visitLdcInsn(Type.getObjectType(internalName));
        } else {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
        code.visitMethodInsn(Opcodes.INVOKESTATIC, SEAMS, what, "(Ljava/lang/Object;)V", false);
    }
}
