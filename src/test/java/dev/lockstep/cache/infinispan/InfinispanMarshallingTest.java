package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.marshall.Marshaller;
import org.infinispan.configuration.global.SerializationConfiguration;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.factories.KnownComponentNames;
import org.infinispan.manager.EmbeddedCacheManager;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Infinispan itself makes of objects, in the managers that we configure. */
class InfinispanMarshallingTest {

    @AutoClose
    private final OpenedCaches caches = new OpenedCaches(new InfinispanCacheProvider(), "/marshalling");

    @ParameterizedTest
    @ValueSource(strings = {"local", "tcp"})
    void noObjectIsSerializedByJava(String stack) throws Exception {
        InfinispanCache cache =
                (InfinispanCache) caches.open(Map.of("stack", stack, "bind-port", String.valueOf(Ports.free())));
        EmbeddedCacheManager manager = cache.connection().manager();
        SerializationConfiguration configured =
                manager.getCacheManagerConfiguration().serialization();
        assertThat(configured.marshaller()).isNull();
        assertThat(configured.allowList().getClasses()).isEmpty();
        assertThat(configured.allowList().getRegexps()).isEmpty();
        assertThat(cache.raw().getCacheConfiguration().encoding().keyDataType().mediaType())
                .isEqualTo(MediaType.APPLICATION_OCTET_STREAM);

        Gadget.LIVES.set(0);
        Marshaller marshaller = GlobalComponentRegistry.of(manager)
                .getComponent(Marshaller.class, KnownComponentNames.INTERNAL_MARSHALLER);
        assertThatThrownBy(() -> marshaller.objectToByteBuffer(new Gadget()));
        assertThatThrownBy(() -> marshaller.objectFromByteBuffer(serialized()));
        assertThat(Gadget.LIVES).hasValue(0);
    }

    private static byte[] serialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(new Gadget());
        return bytes.toByteArray();
    }
}
