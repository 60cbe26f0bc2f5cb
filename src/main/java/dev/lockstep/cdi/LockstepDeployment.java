package dev.lockstep.cdi;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenRefused;
import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.config.WebConfig;
import dev.lockstep.health.NodeHealth;
import dev.lockstep.health.StoreProbe;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.monitoring.NodeEventLog;
import dev.lockstep.monitoring.NodeMeters;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.session.SessionNode;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.store.jdbc.DataSourceSettings;
import dev.lockstep.store.jdbc.StoreDataSource;
import dev.lockstep.web.WebApplication;
import dev.lockstep.web.path.PathPattern;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One deployment from start to end: opens the store and the caches, starts the node, and closes all
 * in the opposite order. Started and closed by the container's thread; its parts are safe for all.
 */
final class LockstepDeployment implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LockstepDeployment.class.getName());
    private static final String APPLICATION_OUTSIDE_OF_A_SERVER = "default";

    private final DeploymentPlan plan;
    private final CacheProviders providers;
    private final ApplicationBeans beans;
    private final BeanManager beanManager;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private volatile @Nullable Running running;
    private boolean ended;

    LockstepDeployment(DeploymentPlan plan, CacheProviders providers, ApplicationBeans beans, BeanManager beanManager) {
        this.plan = plan;
        this.providers = providers;
        this.beans = beans;
        this.beanManager = beanManager;
    }

    /**
     * The application scope has begun. Where the application has a name, by configuration or by its
     * context path, or is in no server, it starts; where it is in a server that has not told the
     * path yet, or has not bound the DataSource, {@link #start} tells it.
     *
     * @param scope what the event carries
     */
    void scopeBegan(Object scope) {
        Optional<String> webApplication = WebApplication.nameOf(scope);
        boolean served = webApplication.isPresent() || Container.isServer();
        if (!served) {
            refuse("lockstep.web.protect", webConfig().protect());
            refuse(
                    "lockstep.endpoints.path",
                    webConfig().endpoints().path().stream().toList());
        }
        if (webApplication.isPresent() || !served || isDataSourceThere()) {
            plan.settings()
                    .application()
                    .or(() -> webApplication)
                    .or(() -> served ? Optional.empty() : Optional.of(APPLICATION_OUTSIDE_OF_A_SERVER))
                    .ifPresent(this::start);
        }
    }

    /**
     * A server may bind the DataSources that an application itself defines only after its CDI
     * container has begun, and waiting for one here would keep the server from it. Then the web
     * application starts this, or the first use, whichever comes first.
     */
    private boolean isDataSourceThere() {
        DataSourceSettings asked = plan.settings().dataSource();
        return beans.hasStore() || asked.url().isPresent() || StoreDataSource.isBound(asked.name(), Container::lookup);
    }

    private static void refuse(String key, List<PathPattern> unserved) {
        if (!unserved.isEmpty()) {
            throw new DeploymentException("LOCKSTEP-0010 " + key + " is " + unserved
                    + ", but nothing here serves it: Lockstep's filter and endpoints need a web application in a Servlet"
                    + " container. Deploy it there, or remove the key and check tokens by SessionManager.find.");
        }
    }

    boolean isRunning() {
        return running != null;
    }

    /** @param nameByDefault the application's name, unless one is configured */
    synchronized void start(String nameByDefault) {
        Packaging.problem().ifPresent(problem -> {
            throw new DeploymentException(problem);
        });
        String application = plan.settings().application().orElse(nameByDefault);
        Running present = running;
        if (present != null) {
            checkSame(application, present.application);
            return;
        }
        try {
            running = open(application);
        } catch (RuntimeException | Error e) {
            closeParts();
            throw e;
        }
    }

    /** The {@code lockstep.web} part of the configuration. */
    WebConfig webConfig() {
        return plan.settings().web();
    }

    /** The name under which its sessions are kept. */
    String application() {
        return started().application;
    }

    SessionManager manager() {
        return started().node.manager();
    }

    boolean isForged(SessionToken token) {
        return started().node.isForged(token);
    }

    SessionConnections connections() {
        return started().node.connections();
    }

    SessionStore store() {
        return started().store;
    }

    ApplicationKey key() {
        return started().key;
    }

    Optional<SessionSearch> search() {
        return Optional.ofNullable(started().node.search());
    }

    OpenCaches caches() {
        return started().caches;
    }

    /** What the node is now, for whoever shows it. */
    NodeStatus status() {
        return started().status;
    }

    /** What the node has measured so far. */
    NodeMeters meters() {
        return started().meters;
    }

    /** What makes spans; null where nothing does, or this does not run. */
    @Nullable
    NodeListener traces() {
        Running present = running;
        return present == null ? null : present.traces;
    }

    /** Empty unless this runs. */
    Optional<NodeHealth> health() {
        Running present = running;
        return present == null ? Optional.empty() : Optional.of(present.health);
    }

    CdiEvents events() {
        return started().events;
    }

    /** Tells the application's observers, and who listens to the node; never throws. */
    void refused(TokenRefused refusal) {
        Running told = started();
        told.events.fire(refusal);
        told.listener.requestRefused(refusal.reason());
    }

    @Override
    public synchronized void close() {
        ended = true;
        closeParts();
    }

    private void closeParts() {
        running = null;
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0506 A part of the deployment could not be closed. part="
                                + part.getClass().getName(),
                        Redaction.cause(e, ""));
            }
        }
    }

    private Running open(String application) {
        DeploymentSettings settings = plan.settings();
        ThreadFactory threads = Container.threads(application);
        ThreadFactory whileStarting = Container.threadsWhileStarting(application);
        CdiEvents events = keep(new CdiEvents(
                beanManager.getEvent(),
                event -> !beanManager.resolveObserverMethods(event).isEmpty(),
                threads));
        NodeStatus status = new NodeStatus(
                application,
                settings.session().revocation().nodeName(),
                settings.cache().name(),
                NodeClock.SYSTEM);
        NodeMeters meters = new NodeMeters(
                status,
                settings.cache().name(),
                !settings.session().revocation().lease().isZero(),
                settings.metrics().logoutGoal());
        NodeListener traces = settings.traces()
                ? Traces.find(new BeanLookup(beanManager.createInstance()), application)
                        .orElse(null)
                : null;
        NodeListener listener = NodeListeners.of(builtIn(application, status, meters, traces), ownListeners());
        DeploymentContext context = context(application, threads, listener);
        StoreOpening opening =
                beans.hasStore() ? null : StoreOpening.begin(settings, application, whileStarting, listener, opened);
        keep(MeterPublishers.open(context, settings.metrics(), status, meters, beanManager));
        OpenCaches caches = keep(new OpenCaches(plan, providers, this::ownCache, context, threads));
        caches.open();
        SessionStore store = opening == null ? references().one(beans.stores(), SessionStore.class) : opening.made();
        ApplicationKey key = KeySource.of(application, store, settings, context.scheduler(), NodeClock.SYSTEM);
        PushMessages messages = new AuthenticatedMessages(application, key, NodeClock.SYSTEM, listener);
        ChosenChannel.Opened channel =
                plan.channel().open(context.withPushMessages(messages), caches::shared, store, whileStarting, listener);
        status.channelOpened(channel.name(), channel.pokes());
        SessionNode node = keep(new SessionNode(
                application,
                settings.session(),
                store,
                key,
                caches.copies(key),
                channel.channel(),
                events,
                NodeClock.SYSTEM,
                whileStarting,
                listener));
        if (opening != null) {
            opening.awaitRehearsal();
        }
        key.start();
        StartupNotice.on("its place among the nodes", context.scheduler(), () -> {
            node.start();
            return node;
        });
        LOG.log(
                Level.INFO,
                "LOCKSTEP-0500 Sessions of " + application + ": cache "
                        + settings.cache().name() + ", store " + storeName() + ", lease "
                        + settings.session().revocation().lease() + ", channel " + channel.name()
                        + ". application=" + application + " node="
                        + settings.session().revocation().nodeName());
        if (settings.application().isEmpty() && store instanceof RevocationLog log) {
            SharedName.warn(application, log);
        }
        NodeHealth health = new NodeHealth(status, keep(new StoreProbe(store, threads)));
        return new Running(application, events, listener, traces, store, key, caches, node, status, meters, health);
    }

    private String storeName() {
        return beans.stores().stream()
                .map(bean -> bean.getBeanClass().getName())
                .findFirst()
                .orElseGet(() -> plan.settings().dataSource().toString());
    }

    private SessionCache ownCache(String name) {
        return references().one(beans.caches(name), SessionCache.class);
    }

    private List<NodeListener> builtIn(
            String application, NodeStatus status, NodeMeters meters, @Nullable NodeListener traces) {
        DeploymentSettings settings = plan.settings();
        NodeListener log = new NodeEventLog(
                application,
                settings.session().revocation().nodeName(),
                settings.session().revocation().lease(),
                NodeClock.SYSTEM);
        List<NodeListener> listeners = new ArrayList<>(List.of(status, log));
        listeners.addAll(meters.listeners());
        if (traces != null) {
            listeners.add(traces);
        }
        return listeners;
    }

    private List<NodeListener> ownListeners() {
        return beans.listeners().stream()
                .map(bean -> references().to(bean, NodeListener.class))
                .toList();
    }

    private BeanReferences references() {
        return new BeanReferences(beanManager);
    }

    private DeploymentContext context(String application, ThreadFactory threads, NodeListener listener) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threads);
        scheduler.setRemoveOnCancelPolicy(true);
        opened.push(scheduler::shutdownNow);
        return new DeploymentContext(
                application,
                plan.settings().cache().maxEntries(),
                plan.settings().cache().timeout(),
                scheduler,
                threads,
                listener,
                new BeanLookup(beanManager.createInstance()),
                () -> CopySeal.NONE,
                PushMessages.NONE);
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    private static void checkSame(String asked, String running) {
        if (!asked.equals(running)) {
            throw new IllegalStateException("LOCKSTEP-0509 The web application " + asked
                    + " would share the sessions of "
                    + running + ", which runs already, and a token of one would open the other. If that is meant, set"
                    + " lockstep.application for both; otherwise deploy them apart, each with its own CDI container.");
        }
    }

    /**
     * A server may create {@code @Startup} beans before the application scope begins. Not for what
     * is being opened.
     */
    private synchronized void startEarly() {
        if (!ended && opened.isEmpty()) {
            plan.settings().application().ifPresent(this::start);
        }
    }

    private Running started() {
        if (running == null) {
            startEarly();
        }
        Running present = running;
        if (present == null) {
            throw new IllegalStateException(
                    "LOCKSTEP-0507 Lockstep is not running now. It starts with the application scope, at the latest with"
                            + " the web application, and ends with the deployment. An EJB with @Startup is earlier: observe"
                            + " jakarta.enterprise.event.Startup instead.");
        }
        return present;
    }

    private record Running(
            String application,
            CdiEvents events,
            NodeListener listener,
            @Nullable NodeListener traces,
            SessionStore store,
            ApplicationKey key,
            OpenCaches caches,
            SessionNode node,
            NodeStatus status,
            NodeMeters meters,
            NodeHealth health) {}
}
