package dev.lockstep.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.protostream.ProtobufParser;
import org.infinispan.protostream.TagHandler;
import org.infinispan.protostream.descriptors.FieldDescriptor;
import org.infinispan.protostream.descriptors.GenericDescriptor;
import org.junit.jupiter.api.Test;

/** The marshallers are written by hand; ProtoStream's own parser checks them against the schema. */
class ProtobufSchemaTest {

    @Test
    void aCopyHoldsEveryFieldOfTheSchemaAndNoOther() throws IOException {
        var message = ProtobufSchema.bind(new CopyMarshaller()).getMessageDescriptor("dev.lockstep.wire.SessionCopy");
        FieldNames names = new FieldNames();
        ProtobufParser.INSTANCE.parse(names, message, new CopyCodec().encode(SampleCopies.SAMPLE));
        assertThat(names.seen)
                .containsOnlyElementsOf(message.getFields().stream()
                        .map(FieldDescriptor::getName)
                        .toList());
        assertThat(names.seen.get(names.seen.size() - 1)).isEqualTo("position");
    }

    private static final class FieldNames implements TagHandler {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void onStart(GenericDescriptor descriptor) {}

        @Override
        public void onTag(int number, FieldDescriptor field, Object value) {
            seen.add(field == null ? "unknown " + number : field.getName());
        }

        @Override
        public void onStartNested(int number, FieldDescriptor field) {}

        @Override
        public void onEndNested(int number, FieldDescriptor field) {}

        @Override
        public void onEnd() {}
    }
}
