package dev.lockstep;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTokenTest {

    private static final String TOKEN = "abcDEF-_123";

    @Test
    void aPartOfALongerTextIsTheSameToken() {
        SessionToken part = SessionToken.within("Bearer " + TOKEN + " ", 7, 7 + TOKEN.length());
        SessionToken whole = SessionToken.of(TOKEN);

        assertThat(part).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(part.value()).isEqualTo(TOKEN);
        assertThat(part.length()).isEqualTo(TOKEN.length());
        assertThat(part).isNotEqualTo(SessionToken.of("another"));
    }

    @Test
    void itsCharactersAreCopiedToWhereTheyAreAsked() {
        byte[] target = "<             >".getBytes(ISO_8859_1);

        SessionToken.within("Bearer " + TOKEN, 7, 7 + TOKEN.length()).copyTo(target, 2);

        assertThat(new String(target, ISO_8859_1)).isEqualTo("< " + TOKEN + " >");
    }

    @Test
    void eightCharactersAreReadAsANumberTheFirstLowest() {
        SessionToken token = SessionToken.within("Bearer 12345678\u01399 ", 7, 17);

        assertThat(token.bytesAt(0)).isEqualTo(0x38_37_36_35_34_33_32_31L);
        assertThat(token.bytesAt(2)).isEqualTo(0x39_39_38_37_36_35_34_33L);
    }

    /** Also where the text goes on. */
    @Test
    void nothingIsReadBeyondTheToken() {
        SessionToken token = SessionToken.within("Bearer 123456789 and more", 7, 16);
        SessionToken brief = SessionToken.within("Bearer 1234567 and more", 7, 14);

        for (int index : new int[] {-1, 2, 9, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> token.bytesAt(index)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> brief.bytesAt(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(token.bytesAt(1)).isEqualTo(0x39_38_37_36_35_34_33_32L);
    }

    @Test
    void aPartThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> SessionToken.within("Bearer", 3, 7)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> SessionToken.within("Bearer", 3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void oneIsRecognisedInALongerText() {
        String issued = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
        for (String text : List.of(issued, "Bearer " + issued, issued + "=", "\n" + issued, issued.substring(3))) {
            assertThat(SessionToken.mayBeIn(text)).as(text).isTrue();
        }
        for (String text : List.of("", "alice", "0f8fad5b-d9cb-469f-a165-70867728950e", "a".repeat(39) + " b")) {
            assertThat(SessionToken.mayBeIn(text)).as(text).isFalse();
        }
    }

    @Test
    void itIsNeverShown() {
        assertThat(SessionToken.of(TOKEN)).asString().doesNotContain(TOKEN);
        assertThat(SessionToken.within("Bearer " + TOKEN, 7, 7 + TOKEN.length()))
                .asString()
                .doesNotContain(TOKEN);
    }
}
