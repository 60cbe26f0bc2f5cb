package dev.lockstep.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A poke, from whoever can publish. */
public final class PokeTarget {

    private PokeTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        Poke.parse(new String(bytes, UTF_8))
                .ifPresent(poke -> assertThat(Poke.parse(poke.text())).contains(poke));
    }
}
