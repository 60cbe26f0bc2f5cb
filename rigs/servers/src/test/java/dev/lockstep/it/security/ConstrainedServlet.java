package dev.lockstep.it.security;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** On paths that the container guards: all but one are protected by Lockstep as well. */
@WebServlet({"/annotated", "/api/annotated", "/api/constrained/*"})
@ServletSecurity(@HttpConstraint(rolesAllowed = "admin"))
public class ConstrainedServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(CallerResource.name(request.getUserPrincipal()));
    }
}
