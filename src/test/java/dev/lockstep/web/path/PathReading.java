package dev.lockstep.web.path;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Steps of some server or framework, written in another way than ours. */
enum PathReading {
    STRIP_PARAMETERS {
        @Override
        String apply(String path) {
            StringBuilder out = new StringBuilder();
            boolean parameters = false;
            for (char c : path.toCharArray()) {
                parameters = c == ';' || (parameters && c != '/');
                if (!parameters) {
                    out.append(c);
                }
            }
            return out.toString();
        }
    },
    CUT_PARAMETERS {
        @Override
        String apply(String path) {
            return path.split(";", 2)[0];
        }
    },
    DECODE {
        @Override
        String apply(String path) {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    },
    TURN_BACKSLASHES {
        @Override
        String apply(String path) {
            return String.join("/", path.split("\\\\", -1));
        }
    },
    MERGE_SLASHES {
        @Override
        String apply(String path) {
            return path.contains("//") ? apply(path.replace("//", "/")) : path;
        }
    },
    RESOLVE {
        @Override
        String apply(String path) {
            List<String> out = new ArrayList<>();
            for (String segment : path.substring(1).split("/", -1)) {
                if (segment.equals("..") && !out.isEmpty()) {
                    out.remove(out.size() - 1);
                } else if (!segment.startsWith(".")
                        || segment.length() > 2
                        || !segment.replace(".", "").isEmpty()) {
                    out.add(segment);
                }
            }
            return "/" + String.join("/", out);
        }
    };

    abstract String apply(String path);
}
