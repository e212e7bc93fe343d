import { Duplex } from 'node:stream'

/** Two ends of a connection in memory (Node has one of its own only since 22). */
export function duplexPair(): [Duplex, Duplex] {
  const ends: [Duplex, Duplex] = [end(() => ends[1]), end(() => ends[0])]
  return ends
}

function end(other: () => Duplex): Duplex {
  return new Duplex({
    read: () => undefined,
    write(chunk, _encoding, done) {
      other().push(chunk)
      done()
    },
    final(done) {
      other().push(null)
      done()
    },
  })
}
