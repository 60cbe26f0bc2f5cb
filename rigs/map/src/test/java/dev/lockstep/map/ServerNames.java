package dev.lockstep.map;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;

/** All that makes the JVM of this test a server to the product: a name for the module. */
public final class ServerNames implements InitialContextFactory {

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
        return (Context) Proxy.newProxyInstance(
                ServerNames.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
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
