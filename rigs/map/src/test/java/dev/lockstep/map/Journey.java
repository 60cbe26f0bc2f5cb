package dev.lockstep.map;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that ran, in the order in which they were first entered, relative to the product's
 * package and without their ending: {@code web/path/RequestPath}.
 */
record Journey(Set<String> files) {

    private static final String PRODUCT = "dev.lockstep.";

    static Journey ofTypes(Set<String> types) {
        return new Journey(types.stream()
                .map(type ->
                        type.substring(PRODUCT.length()).replaceAll("\\$.*", "").replace('.', '/'))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    Journey and(Journey other) {
        return new Journey(Stream.concat(files.stream(), other.files.stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    Journey beyond(Journey other) {
        return new Journey(files.stream()
                .filter(Predicate.not(other.files::contains))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    int size() {
        return files.size();
    }

    /** {@code 3 files in 2 packages}. */
    String count() {
        return size() + " files in " + packages().size() + " packages";
    }

    private Set<String> packages() {
        return files.stream()
                .map(file -> file.replaceAll("/?[^/]*$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
