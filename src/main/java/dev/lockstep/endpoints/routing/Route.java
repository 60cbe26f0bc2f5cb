package dev.lockstep.endpoints.routing;

/**
 * One operation of the endpoints. Immutable.
 *
 * @param method in capitals; a route for GET answers HEAD, too
 * @param path below that of the endpoints
 * @param access who may use it
 * @param handler answers it
 */
public record Route(String method, PathTemplate path, Access access, Handler handler) {

    /** Reads, and changes nothing. */
    public static Route get(String path, Access access, Handler handler) {
        return new Route("GET", new PathTemplate(path), access, handler);
    }

    public static Route post(String path, Access access, Handler handler) {
        return new Route("POST", new PathTemplate(path), access, handler);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return new Route("DELETE", new PathTemplate(path), access, handler);
    }
}
