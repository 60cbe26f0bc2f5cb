package author;

import dev.lockstep.contract.RevocationChannelContract;
import dev.lockstep.spi.RevocationChannel;
import java.util.HashMap;
import java.util.Map;

class BusContractTest extends RevocationChannelContract {

    private final Map<String, Bus> buses = new HashMap<>();

    @Override
    protected RevocationChannel open(String application) {
        return buses.computeIfAbsent(application, name -> new Bus()).open();
    }
}
