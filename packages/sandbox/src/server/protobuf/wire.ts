/** Bytes that are no protobuf message of the kind they are read as. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

/** One field of a message as it is on the wire: numbers as they are, all else as bytes. */
export type WireField = { number: number; value: bigint | Buffer }

/** The fields of a message in order. Source: protobuf.dev, encoding; groups, which Kubernetes does not use, are refused. */
export function* wireFields(message: Buffer): Iterable<WireField> {
  let offset = 0
  const take = (length: number): Buffer => {
    if (offset + length > message.length) throw new ProtobufError('unexpected EOF')
    offset += length
    return message.subarray(offset - length, offset)
  }
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = take(1).readUInt8()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
    throw new ProtobufError('integer overflow')
  }
  while (offset < message.length) {
    const tag = Number(varint())
    const number = tag >>> 3
    switch (tag & 7) {
      case 0:
        yield { number, value: varint() }
        break
      case 1:
        yield { number, value: take(8).readBigInt64LE() }
        break
      case 2:
        yield { number, value: take(Number(varint())) }
        break
      case 5:
        yield { number, value: BigInt(take(4).readInt32LE()) }
        break
      default:
        throw new ProtobufError(`illegal wireType ${tag & 7}`)
    }
  }
}

function varintBytes(value: number): number[] {
  const low = value & 0x7f
  const rest = Math.floor(value / 128)
  return rest === 0 ? [low] : [low | 0x80, ...varintBytes(rest)]
}

/** A field that holds text, or another message. */
export function bytesField(number: number, content: string | Buffer): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return Buffer.concat([Buffer.from([...varintBytes(number * 8 + 2), ...varintBytes(bytes.length)]), bytes])
}

export function numberField(number: number, value: number): Buffer {
  return Buffer.from([...varintBytes(number * 8), ...varintBytes(value)])
}
