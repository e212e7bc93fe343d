import { recordAt } from '@orbweaver/contracts/json'
import type { Answer, Scene } from '../scene.ts'

export const whoAmI = (
  { ask }: Scene,
  how: { as?: string; token?: string; headers?: Record<string, string | string[]> },
): Promise<Answer> =>
  ask('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    ...how,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
  })

export const userOf = (answer: Answer) => ({ status: answer.status, user: recordAt(answer.body, 'status', 'userInfo') })
