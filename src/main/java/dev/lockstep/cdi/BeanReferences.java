package dev.lockstep.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Collection;
import java.util.Set;

/**
 * References to beans that were noted while they were discovered. To look them up by their type
 * would not do: on Payara the manager of an extension in a library does not see the beans of the
 * application that the library belongs to.
 */
record BeanReferences(BeanManager beanManager) {

    /**
     * One of several: the alternative that the application selects.
     *
     * @throws jakarta.enterprise.inject.AmbiguousResolutionException if it selects none
     */
    <T> T one(Collection<Bean<?>> candidates, Class<T> type) {
        return to(beanManager.<Object>resolve(Set.copyOf(candidates)), type);
    }

    <T> T to(Bean<?> bean, Class<T> type) {
        return type.cast(beanManager.getReference(bean, type, beanManager.createCreationalContext(bean)));
    }
}
