package dev.lockstep.demo;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Why a request was refused, as JSON. */
public record Problem(String error) {

    static WebApplicationException of(Response.Status status, String error) {
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem(error))
                .build());
    }
}
