package dev.lockstep.chaos.agent;

import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Ends the node when a class could not be changed as planned: a test that quietly tests something
 * else is worse than none.
 */
final class FailureReport extends AgentBuilder.Listener.Adapter {

    static void require(TypeDescription type, ElementMatcher<? super MethodDescription> method) {
        if (type.getDeclaredMethods().filter(method).isEmpty()) {
            throw new IllegalStateException("the product has changed: " + type + " has no method " + method);
        }
    }

    @Override
    public void onError(
            String type, @Nullable ClassLoader loader, @Nullable JavaModule module, boolean loaded, Throwable e) {
        if (type.startsWith("dev.lockstep.") || type.startsWith("org.h2.")) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }
}
