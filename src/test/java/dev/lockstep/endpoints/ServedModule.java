package dev.lockstep.endpoints;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.function.Supplier;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;

/** What makes this JVM a server to the product: a name for the module, found through JNDI. */
public final class ServedModule implements InitialContextFactory {

    /** Starts something that looks for a server around itself, and finds one. */
    static <T> T start(Supplier<T> application) {
        String before = System.setProperty(Context.INITIAL_CONTEXT_FACTORY, ServedModule.class.getName());
        try {
            return application.get();
        } finally {
            if (before == null) {
                System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
            } else {
                System.setProperty(Context.INITIAL_CONTEXT_FACTORY, before);
            }
        }
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
        return (Context) Proxy.newProxyInstance(
                ServedModule.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("lookup")) {
                        return null;
                    }
                    if (!"java:module/ModuleName".equals(arguments[0])) {
                        throw new NameNotFoundException(String.valueOf(arguments[0]));
                    }
                    return "shop";
                });
    }
}
