import { KubeError } from '@orbweaver/kube/error'

/** For what need not be there: turns the refusal of an object that does not exist into undefined. */
export function absent(error: unknown): undefined {
  if (error instanceof KubeError && error.code === 'not_found') return undefined
  throw error
}
