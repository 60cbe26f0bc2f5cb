package dev.lockstep.cdi;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Says who else uses a name that nobody chose. By default an application's name is its context
 * path, which different applications may share: on several servers many are deployed at {@code /}.
 * On one database their nodes are those of one application then, and a token of one opens the
 * other. Nothing that is the same on all nodes of an application, and in all its versions, tells
 * the two cases apart; a name that is set does.
 */
final class SharedName {

    private static final Logger LOG = System.getLogger(SharedName.class.getName());
    /** Enough to recognize whose they are; a cluster of fifty would fill the line. */
    private static final int MAX_NODES_NAMED = 5;

    private SharedName() {}

    /** Called when this node has registered. */
    static void warn(String application, RevocationLog log) {
        List<String> nodes = nodes(log);
        if (nodes.size() > 1) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0510 The name " + application
                            + " was not chosen, and more than one node uses it on this database: "
                            + String.join(", ", nodes.subList(0, Math.min(MAX_NODES_NAMED, nodes.size())))
                            + ". If they belong to another application, the tokens of each open the other: set"
                            + " lockstep.application in each. If they are, set it all the same, and this is not said."
                            + " application=" + application + " nodes=" + nodes.size());
        }
    }

    private static List<String> nodes(RevocationLog log) {
        try {
            return log.nodes().rows().stream()
                    .filter(row -> !row.fenced())
                    .map(NodeRow::name)
                    .toList();
        } catch (LockstepException e) {
            LOG.log(Level.DEBUG, "The other nodes can't be read.", e);
            return List.of();
        }
    }
}
