package dev.lockstep.chaos.client;

import dev.lockstep.chaos.client.NodeClient.Reply;
import dev.lockstep.chaos.history.Check;
import dev.lockstep.chaos.history.Check.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes themselves saw in the moment in which a revocation had returned, before any client
 * could know: on the node that was asked, and for every third call on the others. Immutable.
 */
final class Testimony {

    static final Testimony NONE = new Testimony(List.of(), 0, List.of());

    private static final int MAX_SUBJECTS = 4;
    private static final int OFTEN = 3;

    private final List<NodeClient> nodes;
    private final int node;
    private final List<Subject> subjects;

    /** @param node which one is asked */
    Testimony(List<NodeClient> nodes, int node, List<Subject> doomed) {
        this.nodes = nodes;
        this.node = node;
        this.subjects = doomed.subList(0, Math.min(MAX_SUBJECTS, doomed.size()));
    }

    /** The end of the request. */
    String asked(int call) {
        StringBuilder words = new StringBuilder();
        subjects.forEach(subject -> words.append(' ').append(subject.text()));
        if (call % OFTEN == 0) {
            nodes.stream()
                    .filter(other -> other.node() != node && other.isConnected())
                    .forEach(other -> words.append(" @").append(other.port()));
        }
        return words.toString();
    }

    /**
     * When the revocation had returned: earlier than it was answered, by what the witnesses took.
     */
    long returned(Reply reply) {
        return isGiven(reply) ? reply.ended() - Long.parseLong(reply.words().get(0)) * 1_000 : reply.ended();
    }

    List<Check> checks(Reply reply, long returned) {
        List<Check> checks = new ArrayList<>();
        if (isGiven(reply)) {
            for (String finding : reply.words().subList(1, reply.words().size())) {
                String[] parts = finding.split("=", 2);
                for (int i = 0; i < subjects.size(); i++) {
                    add(checks, subjects.get(i), node(Integer.parseInt(parts[0])), parts[1].charAt(i), returned, reply);
                }
            }
        }
        return checks;
    }

    private boolean isGiven(Reply reply) {
        return !subjects.isEmpty() && reply.is("OK");
    }

    private int node(int port) {
        return nodes.stream()
                .filter(other -> port != 0 && other.port() == port)
                .map(NodeClient::node)
                .findFirst()
                .orElse(node);
    }

    private static void add(List<Check> checks, Subject subject, int on, char letter, long returned, Reply reply) {
        if (letter != 'U') {
            Answer answer = letter == 'L' ? Answer.ACCEPTED : Answer.REFUSED;
            checks.add(new Check(subject.session(), subject.token(), on, returned + 1, reply.ended() + 1, answer));
        }
    }
}
