package dev.lockstep.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether what the agent changes is there: known in a moment, rather than when a node does not
 * start.
 */
class ChaosAgentTest {

    @ParameterizedTest
    @EnumSource
    void eachDelayPointIsAMethodOfTheProduct(DelayPoint point) throws ClassNotFoundException {
        assertIsThere(point.type, ElementMatchers.named(point.method));
    }

    @ParameterizedTest
    @EnumSource
    void eachRuleIsBrokenInMethodsOfTheProduct(BrokenRule rule) throws ClassNotFoundException {
        assertThat(rule.places()).isNotEmpty();
        for (BrokenRule.Place place : rule.places()) {
            assertIsThere(place.type(), place.method());
        }
    }

    @Test
    void theSweeperHasAGraceThatIsReplaced() throws ClassNotFoundException {
        byte[] changed = new ByteBuddy()
                .redefine(Class.forName(ChaosAgent.SWEEPER))
                .visit(ChaosAgent.quickGrace())
                .make()
                .getBytes();
        String classFile = new String(changed, StandardCharsets.ISO_8859_1);
        assertThat(classFile.contains(QuickSweep.class.getName().replace('.', '/')))
                .isTrue();
    }

    private static void assertIsThere(String type, ElementMatcher<? super MethodDescription> method)
            throws ClassNotFoundException {
        TypeDescription there =
                TypeDescription.ForLoadedType.of(Class.forName(type, false, ChaosAgentTest.class.getClassLoader()));
        assertThat(there.getDeclaredMethods().filter(method)).isNotEmpty();
    }
}
