package dev.lockstep.cdi;

import dev.lockstep.CacheName;
import jakarta.enterprise.util.AnnotationLiteral;

/** {@link CacheName} as a value. */
@SuppressWarnings("ClassExplicitlyAnnotation") // it is what annotation literals are
final class CacheNameLiteral extends AnnotationLiteral<CacheName> implements CacheName {

    private static final long serialVersionUID = 1L;

    private final String value;

    CacheNameLiteral(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }
}
