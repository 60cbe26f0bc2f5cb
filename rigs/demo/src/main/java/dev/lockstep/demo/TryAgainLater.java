package dev.lockstep.demo;

import dev.lockstep.LockstepException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Lockstep could not do what was asked, or can't promise that it did. Asking again is safe, also
 * for a logout.
 */
@Provider
public class TryAgainLater implements ExceptionMapper<LockstepException> {

    @Override
    public Response toResponse(LockstepException failure) {
        return Response.status(Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, 1)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem("the outcome is not known, please try again"))
                .build();
    }
}
