/**
 * Values of AuthorizationPolicies: a star stands for anything at the start or at the end, and nowhere else
 * (istio pilot/pkg/security/authz/matcher/string.go).
 */

/** Whether all that the one matches the other matches too. */
export function coversPattern(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true
  if (wide.startsWith('*')) return narrow.endsWith(wide.slice(1))
  return wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1))
}

/** Whether something can match both. */
export function overlap(one: string, other: string): boolean {
  if (coversPattern(one, other) || coversPattern(other, one)) return true
  // A start and an end can meet in one value.
  return (one.startsWith('*') && other.endsWith('*')) || (one.endsWith('*') && other.startsWith('*'))
}

/** Whether a star is where it stands for itself. */
export function hasDeadStar(value: string): boolean {
  const inner = value.startsWith('*') ? value.slice(1) : value.slice(0, -1)
  return inner.includes('*')
}
