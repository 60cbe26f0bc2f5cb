package dev.lockstep.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A configuration as Payara 6 reads it: passes over blank values to sources of less weight, and
 * leaves out an expression that is not defined, unless nothing is left then.
 */
final class LenientConfig implements Config {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]*)(?::([^}]*))?}");

    private final List<ConfigSource> sources;

    LenientConfig(List<ConfigSource> sources) {
        this.sources = sources.stream()
                .sorted(Comparator.comparing(ConfigSource::getOrdinal).reversed())
                .toList();
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        for (ConfigSource source : sources) {
            String raw = source.getValue(name);
            if (raw != null && !raw.isEmpty()) {
                String expanded = expand(raw);
                return new Value(
                        name,
                        expanded.isEmpty() && !raw.contains(":") ? null : expanded,
                        raw,
                        source.getName(),
                        source.getOrdinal());
            }
        }
        return new Value(name, null, null, null, 0);
    }

    private String expand(String raw) {
        return EXPRESSION.matcher(raw).replaceAll(match -> {
            String value = getConfigValue(match.group(1)).getValue();
            return value != null ? value : match.group(2) == null ? "" : match.group(2);
        });
    }

    @Override
    public Iterable<String> getPropertyNames() {
        List<String> names = new ArrayList<>();
        sources.forEach(source -> names.addAll(source.getPropertyNames()));
        return names;
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return sources;
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    private record Value(String name, String value, String raw, String source, int ordinal) implements ConfigValue {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public String getRawValue() {
            return raw;
        }

        @Override
        public String getSourceName() {
            return source;
        }

        @Override
        public int getSourceOrdinal() {
            return ordinal;
        }
    }
}
