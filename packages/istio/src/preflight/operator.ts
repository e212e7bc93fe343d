import { listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isSailOperator } from '../meshes/installer.ts'
import { plainVersion } from '../plain.ts'
import { compareVersions, isPinned, prereleaseOrder } from '../versions.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { check, type ClusterFacts, fix, type PreflightCheck } from './check.ts'

/**
 * Versions this cluster's operator can install: releases, newest first, before what is none yet. The CRD's enum keeps versions whose charts are gone, so
 * that old objects stay valid; what can be installed is listed only in the field's description ("Must be one of").
 * Aliases are left out: a mesh is pinned.
 */
export function installableVersions(istioCrd: KubernetesObject): string[] {
  const version = versionSchema(istioCrd)
  const known = listAt(version, 'enum').filter((each) => typeof each === 'string')
  const listed = /must be one of:?\s*([^\n]*)/i.exec(textAt(version, 'description') ?? '')?.[1]
  const offered =
    listed === undefined ? [] : listed.split(',').map((each) => each.trim().replace(/^["'`]|["'`]?\.?$/g, ''))
  const installable = known.filter((each) => offered.length === 0 || offered.includes(each))
  return installable
    .filter(isPinned)
    .toSorted((a, b) => prereleaseOrder(a) - prereleaseOrder(b) || compareVersions(a, b))
}

function versionSchema(crd: KubernetesObject): unknown {
  const served = listAt(crd, 'spec', 'versions').find((each) => textAt(each, 'name') === 'v1')
  return recordAt(served, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'version')
}

/**
 * Whether the operator has a ready Pod: its definitions stay when it is scaled down or uninstalled. Undefined where there
 * is no Deployment of it.
 */
export function operatorRuns(view: ClusterView): boolean | undefined {
  const found = view.list(kinds.deployment).filter(isSailOperator)
  return found.length === 0 ? undefined : found.some((each) => (numberAt(each, 'status', 'readyReplicas') ?? 0) > 0)
}

/** The engine in each cluster; where it is missing, the exact commands (sail chart/README.md). */
export function operator(facts: ClusterFacts, istioVersion: string): PreflightCheck {
  const { cluster, istioCrd } = facts
  const params = { istio: istioVersion }
  if (istioCrd === undefined) return check('operator.unknown', 'unknown', { cluster, params })
  if (istioCrd === null) return operatorMissing(cluster, istioVersion)
  const versions = installableVersions(istioCrd)
  const [newest] = versions
  if (newest === undefined) return check('operator.unknown', 'unknown', { cluster, params })
  if (facts.view !== undefined && operatorRuns(facts.view) === false) {
    return check('operator.not-running', 'warning', { cluster, params, fix: fix('start-operator') })
  }
  if (versions.includes(istioVersion)) return check('operator.ok', 'ok', { cluster, params })
  const offered = { ...params, newest, count: versions.length }
  return check('operator.version-not-offered', 'blocking', {
    cluster,
    params: offered,
    fix: helm('upgrade-operator', istioVersion),
  })
}

export function operatorMissing(cluster: string, istioVersion?: string): PreflightCheck {
  const params = istioVersion === undefined ? {} : { istio: istioVersion }
  return check('operator.missing', 'blocking', { cluster, params, fix: helm('install-operator', istioVersion) })
}

/** What is said of a cluster's operator while no mesh is meant yet. */
export function operatorFound({ cluster, istioCrd, view }: ClusterFacts): PreflightCheck {
  if (istioCrd === undefined) return check('operator.unknown', 'unknown', { cluster, params: { istio: '' } })
  if (istioCrd === null) {
    return check('operator.absent', 'warning', { cluster, fix: helm('install-operator', undefined) })
  }
  if (view !== undefined && operatorRuns(view) === false) {
    return check('operator.not-running', 'warning', { cluster, fix: fix('start-operator') })
  }
  const [newest = ''] = installableVersions(istioCrd)
  return check('operator.found', 'ok', { cluster, params: { newest } })
}

/** Without an Istio version the operator's newest: each of its releases installs the Istio minors before it. */
function helm(code: string, istioVersion: string | undefined) {
  const target = 'sail-operator sail-operator/sail-operator --namespace sail-operator --create-namespace'
  const version = istioVersion === undefined ? '' : ` --version ${plainVersion(istioVersion)}`
  return fix(
    code,
    'helm repo add sail-operator https://istio-ecosystem.github.io/sail-operator',
    'helm repo update sail-operator',
    `helm upgrade --install ${target}${version}`,
  )
}
