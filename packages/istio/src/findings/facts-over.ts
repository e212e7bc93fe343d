import { createLook, type Looking } from './looking.ts'
import type { Fact, Memory, MeshWorld, NameFact } from './world.ts'

/** Facts of one world: each is dropped when what it looked at has changed, and with it all that looked at it. */
type Facts = {
  known: <Value>(world: MeshWorld, wanted: Fact<Value>) => Value
  knownOf: <Value>(world: MeshWorld, wanted: NameFact<Value>, of: { name: string; namespace: string }) => Value
}

export function factsOver(looking: Looking): Facts {
  const self = {}
  const workedOut = <Value>(work: () => Value, drop: () => void): Memory<Value> => {
    const look = createLook()
    const node = {
      forgotten: false,
      again() {
        node.forgotten = true
        drop()
        looking.changed([look])
      },
    }
    return { look, value: looking.work(node, work) }
  }
  return {
    known(world, wanted) {
      let memory = wanted.memory.get(self)
      if (memory === undefined) {
        memory = workedOut(
          () => wanted.of(world),
          () => wanted.memory.delete(self),
        )
        wanted.memory.set(self, memory)
      }
      looking.look(memory.look)
      return memory.value
    },
    knownOf(world, wanted, { name, namespace }) {
      const names = namesIn(wanted, self, namespace)
      let memory = names.get(name)
      if (memory === undefined) {
        memory = workedOut(
          () => wanted.of(world, name, namespace),
          () => names.delete(name),
        )
        names.set(name, memory)
      }
      looking.look(memory.look)
      return memory.value
    },
  }
}

function namesIn<Value>({ memory }: NameFact<Value>, world: object, namespace: string): Map<string, Memory<Value>> {
  const namespaces = memory.get(world) ?? new Map<string, Map<string, Memory<Value>>>()
  const names = namespaces.get(namespace)
  if (names !== undefined) return names
  const fresh = new Map<string, Memory<Value>>()
  memory.set(world, namespaces.set(namespace, fresh))
  return fresh
}
