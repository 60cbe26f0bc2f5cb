package dev.lockstep.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * A check as a bean that belongs to an archive of the application's. One that a configurator makes
 * belongs to Lockstep's jar, where WildFly's health subsystem does not look. Dependent, as a proxy
 * would be one of the bean's class in OpenWebBeans, and no check. Immutable.
 *
 * @param id unique in the application
 * @param beanClass of the archive that it is to belong to
 * @param kind says which check it is
 */
record HealthCheckBean(String id, Class<?> beanClass, Annotation kind, Supplier<HealthCheck> made)
        implements Bean<HealthCheck>, PassivationCapable {

    @Override
    public HealthCheck create(CreationalContext<HealthCheck> context) {
        return made.get();
    }

    @Override
    public void destroy(HealthCheck check, CreationalContext<HealthCheck> context) {
        context.release();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public Class<?> getBeanClass() {
        return beanClass;
    }

    @Override
    public Set<Type> getTypes() {
        return Set.of(HealthCheck.class, Object.class);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(kind, Any.Literal.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    @Override
    public @Nullable String getName() {
        return null;
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }

    @Override
    public boolean isAlternative() {
        return false;
    }

    /** Of CDI 3, which TomEE 9 has. */
    public boolean isNullable() {
        return false;
    }
}
