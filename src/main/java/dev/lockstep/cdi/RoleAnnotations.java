package dev.lockstep.cdi;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code @RolesAllowed}, {@code @DenyAll} and {@code @PermitAll} say of a class. They count
 * where Jakarta Annotations 2.1, section 2.1, has them: on a class for the methods that it
 * declares, and on a method, before that of its class.
 */
final class RoleAnnotations {

    private RoleAnnotations() {}

    /**
     * What decides who may call a method: the method, the class that declares it or, as nothing is
     * to be left open by surprise, the nearest of the bean's classes; if all are silent the method.
     *
     * @param bean its class, or one that the container derived from it
     */
    static AnnotatedElement deciding(Method method, Class<?> bean) {
        Stream<AnnotatedElement> candidates =
                Stream.concat(Stream.of(method, method.getDeclaringClass()), superclasses(bean));
        return candidates.filter(RoleAnnotations::decides).findFirst().orElse(method);
    }

    /** Whether it is restricted to somebody. */
    static boolean restricts(AnnotatedElement element) {
        return element.isAnnotationPresent(RolesAllowed.class) || element.isAnnotationPresent(DenyAll.class);
    }

    /** Whether a class or a method that it has is restricted, be it inherited. */
    static boolean restrictsAnything(Class<?> type) {
        return superclasses(type)
                .anyMatch(each -> restricts(each)
                        || Arrays.stream(each.getDeclaredMethods()).anyMatch(RoleAnnotations::restricts));
    }

    /**
     * Where a class has such annotations that nobody looks at: in an annotation of its own, such as
     * a stereotype; on what it implements or overrides without a word; on what is no method of a
     * bean.
     */
    static Set<String> overlooked(Class<?> type) {
        Set<String> overlooked = new TreeSet<>();
        superclasses(type)
                .flatMap(each -> Arrays.stream(each.getAnnotations()))
                .map(Annotation::annotationType)
                .filter(RoleAnnotations::restricts)
                .forEach(each -> overlooked.add("@" + each.getName()));
        for (Class<?> supertype : supertypes(type)) {
            for (Method method : supertype.getDeclaredMethods()) {
                if (isOverlooked(method, type)) {
                    overlooked.add(supertype.getName() + "." + method.getName());
                }
            }
        }
        return overlooked;
    }

    private static boolean isOverlooked(Method method, Class<?> type) {
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            return restricts(method);
        }
        boolean isRestricted = restricts(decides(method) ? method : method.getDeclaringClass());
        return isRestricted && !isOfObject(method) && !speaksForItself(method, type);
    }

    /** Whether what is called says itself who may. */
    private static boolean speaksForItself(Method method, Class<?> type) {
        return superclasses(type)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(each -> isSame(each, method) && !isOnlyMadePublic(each))
                .findFirst()
                .filter(called -> decides(called) || decides(called.getDeclaringClass()))
                .isPresent();
    }

    /**
     * Whether the compiler made it, for a method of a class that is not public. What it makes where
     * a type parameter is bound has the annotations of the method that is called.
     */
    private static boolean isOnlyMadePublic(Method method) {
        return method.isBridge()
                && Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                        .noneMatch(each -> !each.isBridge() && each.getName().equals(method.getName()));
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getDeclaredMethods()).anyMatch(each -> isSame(each, method));
    }

    private static boolean isSame(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }

    private static boolean decides(AnnotatedElement element) {
        return restricts(element) || element.isAnnotationPresent(PermitAll.class);
    }

    /** A class and those that it extends, the nearest first. */
    static Stream<Class<?>> superclasses(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass);
    }

    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        superclasses(type).forEach(each -> addWithInterfaces(each, all));
        return all;
    }

    private static void addWithInterfaces(Class<?> type, Set<Class<?>> all) {
        all.add(type);
        for (Class<?> each : type.getInterfaces()) {
            addWithInterfaces(each, all);
        }
    }
}
