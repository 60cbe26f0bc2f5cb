package dev.lockstep.it.howto;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Answers with what JSON-B and other mappers write differently. */
@Path("/order")
public class JsonResource {

    @GET
    @Produces("application/json")
    public Order order() {
        return new Order();
    }

    @ApplicationPath("/api")
    public static class Rest extends Application {}

    public static class Order {
        @JsonbTransient
        public String secret = "not for clients";

        @JsonbProperty("number")
        public int id = 17;

        public LocalDate placed = LocalDate.of(2026, 2, 3);

        @JsonbDateFormat("dd.MM.yyyy")
        public LocalDate due = LocalDate.of(2026, 3, 4);

        public String note = null;
        public Optional<String> voucher = Optional.of("spring");
        public List<Item> items = List.of(new Item());
    }

    public static class Item {
        public String name = "lamp";
        public LocalDate shipped = LocalDate.of(2026, 2, 4);
    }
}
