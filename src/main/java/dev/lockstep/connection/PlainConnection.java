package dev.lockstep.connection;

/** Of which nothing is known but how to close it. */
record PlainConnection(AutoCloseable connection) implements KeptConnection {

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close(End end) throws Exception {
        connection.close();
    }
}
