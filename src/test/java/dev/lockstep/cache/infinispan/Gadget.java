package dev.lockstep.cache.infinispan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.Message;
import org.jgroups.auth.AuthToken;
import org.jgroups.util.SizeStreamable;

/** Things that tell when somebody else has made them come to life here. */
final class Gadget implements Serializable {

    /** How often that has happened. */
    static final AtomicInteger LIVES = new AtomicInteger();

    private void readObject(ObjectInputStream in) {
        LIVES.incrementAndGet();
    }

    /** A class that JGroups' own format names and instantiates. */
    public static final class Named implements SizeStreamable {

        public Named() {
            LIVES.incrementAndGet();
        }

        @Override
        public int serializedSize() {
            return 0;
        }

        @Override
        public void writeTo(DataOutput out) {}

        @Override
        public void readFrom(DataInput in) {}
    }

    /** One that a header names. */
    public static final class Token extends AuthToken {

        public Token() {
            LIVES.incrementAndGet();
        }

        @Override
        public String getName() {
            return "gadget";
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean authenticate(AuthToken token, Message message) {
            return true;
        }

        @Override
        public void writeTo(DataOutput out) throws IOException {}

        @Override
        public void readFrom(DataInput in) throws IOException {}
    }
}
