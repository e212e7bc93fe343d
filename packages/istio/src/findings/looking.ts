/** Something worked out, what it looked at meanwhile, and what to do when that has changed. */
export type Node = { looked: Set<string>; again(): void }

/** Who looks at what: all that is looked at while something is worked out belongs to it, and to nothing around it. */
export type Looking = {
  look(at: string): void
  work<Value>(node: Node, work: () => Value): Value
  forget(node: Node): void
  /** Tells all who looked at one of these. */
  changed(looks: Iterable<string>): void
}

export function createLooking(): Looking {
  const working: Node[] = []
  const watchers = new Map<string, Set<Node>>()
  const forget = (node: Node) => {
    for (const look of node.looked) {
      const nodes = watchers.get(look)
      nodes?.delete(node)
      if (nodes?.size === 0) watchers.delete(look)
    }
    node.looked.clear()
  }
  return {
    look(at) {
      const node = working.at(-1)
      if (node === undefined || node.looked.has(at)) return
      node.looked.add(at)
      const nodes = watchers.get(at)
      if (nodes === undefined) watchers.set(at, new Set([node]))
      else nodes.add(node)
    },
    work(node, work) {
      working.push(node)
      try {
        return work()
      } finally {
        working.pop()
      }
    },
    forget,
    changed(looks) {
      const told = new Set<Node>()
      for (const look of looks) for (const node of watchers.get(look) ?? []) told.add(node)
      for (const node of told) node.again()
    },
  }
}
