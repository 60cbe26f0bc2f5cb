package dev.lockstep.contract;

import java.util.LinkedHashSet;
import java.util.Set;

/** Different texts with one hash code, as somebody would choose them who wants to make us slow. */
public final class CollidingTexts {

    private CollidingTexts() {}

    /** @param bits the number of texts is two to this power */
    public static Set<String> of(int bits) {
        Set<String> texts = new LinkedHashSet<>();
        for (int number = 0; number < 1 << bits; number++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
