package dev.lockstep.cdi;

import dev.lockstep.config.Problems;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the application's own caches: whether each can be used, and whether it is the one that is
 * meant.
 */
final class CacheBeans {

    private static final Logger LOG = System.getLogger(CacheBeans.class.getName());

    private final ApplicationBeans beans;
    private final BeanManager beanManager;

    CacheBeans(ApplicationBeans beans, BeanManager beanManager) {
        this.beans = beans;
        this.beanManager = beanManager;
    }

    /** @param ofLockstep the names of caches that Lockstep has without the application's */
    void check(Set<String> ofLockstep, Problems problems) {
        beans.namedCaches().forEach(name -> checkOne(name, problems));
        beans.namedCaches().stream().filter(ofLockstep::contains).forEach(this::warnOfReplacement);
        beans.cachesWithoutName()
                .forEach(bean ->
                        problems.add("LOCKSTEP-0012 " + bean + " is a SessionCache without @CacheName: it would be"
                                + " injected in place of the cache that lockstep.cache names, and no session would be kept in it."
                                + " Give it a @CacheName, and lockstep.cache that name."));
    }

    /** An alternative that the application has selected is fine: then there is one. */
    private void checkOne(String name, Problems problems) {
        try {
            var unused = beanManager.<Object>resolve(Set.copyOf(beans.caches(name)));
        } catch (AmbiguousResolutionException e) {
            problems.add("LOCKSTEP-0011 Several beans have @CacheName(\"" + name + "\"): " + classes(name)
                    + ". Give each a name of its own, or select one as an alternative.");
        }
    }

    private void warnOfReplacement(String name) {
        LOG.log(
                Level.WARNING,
                "LOCKSTEP-0514 @CacheName(\"" + name + "\") of " + classes(name)
                        + " takes the place of Lockstep's cache"
                        + " of that name. If that is not meant, give it another name. cache=" + name);
    }

    private String classes(String name) {
        return beans.caches(name).stream()
                .map(bean -> bean.getBeanClass().getName())
                .collect(Collectors.joining(", "));
    }
}
