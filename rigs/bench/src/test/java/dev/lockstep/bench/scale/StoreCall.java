package dev.lockstep.bench.scale;

import java.util.concurrent.Callable;

/**
 * A call of the store, made by one client, one after the other.
 *
 * @param name as in the table
 * @param times how often it is made in a round of those in which it is made
 * @param every in each of so many rounds
 * @param bound what ten times as many sessions may multiply its time by
 * @param call draws what it asks for itself
 */
record StoreCall(String name, int times, int every, double bound, Callable<?> call) {

    /** What each call of a round took, in microseconds; the rounds are counted from 0. */
    double[] make(int round) throws Exception {
        double[] micros = new double[round % every == 0 ? times : 0];
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            call.call();
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        return micros;
    }
}
