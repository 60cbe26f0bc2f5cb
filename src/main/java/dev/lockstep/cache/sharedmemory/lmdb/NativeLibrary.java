package dev.lockstep.cache.sharedmemory.lmdb;

import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.lmdbjava.Meta;

/**
 * Loads LMDB and what calls it. JNR writes the version into the name of its library with the digits
 * of the JVM's locale, and finds none of that name where they aren't 0 to 9. In such a locale
 * numbers are formatted with these digits while it loads, by all threads of the JVM; there is no
 * other way to tell it. Thread-safe.
 */
final class NativeLibrary {

    private NativeLibrary() {}

    /**
     * Does nothing once it is loaded; throws the {@link LinkageError} of a library that can't be.
     */
    static synchronized void load() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        if (DecimalFormatSymbols.getInstance(before).getZeroDigit() == '0') {
            return;
        }
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        try {
            var unused = Meta.version();
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }
}
