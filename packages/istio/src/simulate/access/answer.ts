/** Whether something holds: yes, no, or it depends on what the question leaves open. */
export type Answer = { readonly is: 'yes' | 'no' | 'open'; readonly on: readonly string[] }

export const yes: Answer = { is: 'yes', on: [] }
export const no: Answer = { is: 'no', on: [] }

export function answer(holds: boolean): Answer {
  return holds ? yes : no
}

/** It depends on one thing that was not said. */
export function open(on: string): Answer {
  return { is: 'open', on: [on] }
}

export function not(one: Answer): Answer {
  if (one.is === 'open') return one
  return answer(one.is === 'no')
}

export function every(answers: Iterable<Answer>): Answer {
  return joined(answers, 'no')
}

export function some(answers: Iterable<Answer>): Answer {
  return joined(answers, 'yes')
}

/** One answer settles it; without that, and with an open one, it is open; else it is the other answer. */
function joined(answers: Iterable<Answer>, settles: 'yes' | 'no'): Answer {
  const on = new Set<string>()
  for (const each of answers) {
    if (each.is === settles) return each
    for (const thing of each.on) on.add(thing)
  }
  if (on.size > 0) return { is: 'open', on: [...on] }
  return settles === 'no' ? yes : no
}
