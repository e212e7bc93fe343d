import { validatingAdmissionPolicies, validatingAdmissionPolicyBindings } from '@orbweaver/kube/resources'
import type { AnyStage } from './stage.ts'

const apiVersion = 'admissionregistration.k8s.io/v1'

/** A site's own admission policy that lets nobody write Sail's Istio; resolves to what takes it away again. */
export async function refuseIstios(stage: AnyStage, cluster: string, message: string): Promise<() => Promise<void>> {
  const admin = stage.admin(cluster)
  const metadata = { name: 'no-istio' }
  const rule = {
    apiGroups: ['sailoperator.io'],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources: ['istios'],
  }
  await admin.create(validatingAdmissionPolicies, {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: { matchConstraints: { resourceRules: [rule] }, validations: [{ expression: 'false', message }] },
  })
  await admin.create(validatingAdmissionPolicyBindings, {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: metadata.name, validationActions: ['Deny'] },
  })
  return async () => {
    await admin.remove(validatingAdmissionPolicyBindings, metadata)
    await admin.remove(validatingAdmissionPolicies, metadata)
  }
}
