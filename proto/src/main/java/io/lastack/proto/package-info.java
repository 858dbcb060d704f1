/**
 * Codecs between the engine's frames and the wire: protobuf and JSON. {@link io.lastack.proto.WireCodec} is the way in.
 *
 * <p>Both codecs follow the {@code .proto} files through one description of them ({@code Shape}), so that a frame is
 * spelled out once in each direction, whatever the codec. Writing: a frame, the {@code …FrameWriter} of its side, a
 * {@code FieldWriter} for the codec, bytes. Reading: bytes, the codec's {@code …Reader}, {@code Fields}, the
 * {@code …FrameReader} of the side, a frame.
 */
@NullMarked
package io.lastack.proto;

import org.jspecify.annotations.NullMarked;
