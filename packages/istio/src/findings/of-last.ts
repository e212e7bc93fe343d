/**
 * Remembers what was answered about the object that was asked about last, and keeps that one alive: judges of an object
 * ask the same of it one after the other.
 */
export function ofLast<Of extends object, Answer>(answer: (of: Of) => Answer): (of: Of) => Answer {
  let last: { of: Of; answer: Answer } | undefined
  return (of) => {
    if (last?.of !== of) last = { of, answer: answer(of) }
    return last.answer
  }
}
