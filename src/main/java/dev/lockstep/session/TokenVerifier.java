package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import java.util.List;

/**
 * Tells tokens that no node has issued from those that one may have, without asking anything. It
 * proves no session: what passes here is looked up. So a tag that somebody else can make, since the
 * key has leaked, costs a look-up and opens nothing.
 *
 * <p><b>A token is forged</b> if it bears none of the tags that its bytes have under the versions
 * of the key that this node knows, and every token that opens a session bears one of these. That is
 * so if
 *
 * <ol>
 *   <li>the node knows every version that a node may have tagged something with: its last reading
 *       of the store has told so, and is so young that no node uses a version that was made since.
 *       What is known is taken before the tag is looked at, and the clocks are read last;
 *   <li>no session lives any more of those whose tokens bear no such tag: the oldest version that
 *       is known was made longer ago than a session lives
 *       ({@code lockstep.session.absolute-timeout}), and than nodes of the release before may have
 *       run beside this one, which know nothing of tags; or it was there before any session.
 * </ol>
 *
 * <p>({@link ApplicationKey.Known#coversEverySession}.) In every other case the store is asked, as
 * it was before there were tags: by a node that has not read the log for long or does not know the
 * key; in the time after an application that had none got its first version, and after all were
 * deleted by hand, since then the tokens of living sessions may bear tags that nobody knows; and
 * for ever where the application has no key.
 *
 * <p>Former versions are kept for as long as sessions live from their time. Where
 * {@code lockstep.session.absolute-timeout} was shortened, sessions may live longer than it says;
 * what is to be minded then is in docs/howto/upgrade.md and docs/howto/key.md.
 *
 * <p>Thread-safe. {@code tags} belong to the keys that they were made of; two threads may make them
 * at once, and the one result is as good as the other.
 */
final class TokenVerifier {

    private final ApplicationKey key;
    private volatile Tags tags = new Tags(List.of(), List.of());

    TokenVerifier(ApplicationKey key) {
        this.key = key;
    }

    /** Whether a session is to be looked for: the token has the form of ours, and is not forged. */
    boolean mayBeOurs(SessionToken token) {
        return TokenFormat.bodyStart(token) != TokenFormat.NONE && !lacksTag(token);
    }

    /** Whether a token has the form of ours, and no node has issued it. */
    boolean isForged(SessionToken token) {
        return TokenFormat.bodyStart(token) != TokenFormat.NONE && lacksTag(token);
    }

    private boolean lacksTag(SessionToken token) {
        ApplicationKey.Known known = key.known();
        return !isTagged(token, known.all(KeyPurpose.TOKEN)) && known.coversEverySession();
    }

    /** Normally there is one version, and hardly ever more than two. */
    private boolean isTagged(SessionToken token, List<DerivedKey> keys) {
        for (TokenTag tag : of(keys).tags) {
            if (tag.isOn(token)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // there are new ones only where the key has changed
    private Tags of(List<DerivedKey> keys) {
        Tags present = tags;
        if (present.keys != keys) {
            present = new Tags(keys, keys.stream().map(TokenTag::new).toList());
            tags = present;
        }
        return present;
    }

    private record Tags(List<DerivedKey> keys, List<TokenTag> tags) {}
}
