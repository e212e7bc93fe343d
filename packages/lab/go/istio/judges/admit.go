package main

import (
	"context"
	"encoding/json"
	"fmt"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pkg/kube"

	"orbweaver.dev/lab/istio/worlds"
)

// injectionWorld is what decides about sidecars: MutatingWebhookConfigurations, Services and injector ConfigMaps as the
// charts make them, Namespaces, and Pods as they are sent to the API server.
type injectionWorld struct {
	ID      string            `json:"id"`
	Objects []json.RawMessage `json:"objects"`
	Pods    []json.RawMessage `json:"pods"`
}

type injected struct {
	ID string `json:"id"`
	// In the order of the Pods.
	Pods []admitted `json:"pods"`
	// What could not be read, and what broke.
	Errors []string `json:"errors"`
}

// admitted is what becomes of one Pod.
type admitted struct {
	// Why it was refused; empty when it was let in.
	Refused string `json:"refused"`
	// Webhooks that were called, in their order.
	Calls []called `json:"calls"`
	// Who injected last, as the Pod says: the annotation istio.io/rev where there is sidecar.istio.io/status.
	Revision string `json:"revision"`
	// Containers with the name of the proxy.
	Proxies int `json:"proxies"`
}

type called struct {
	Configuration string `json:"configuration"`
	Webhook       string `json:"webhook"`
	Mutated       bool   `json:"mutated"`
}

func admit(asked injectionWorld) (said injected) {
	said = injected{ID: asked.ID, Pods: []admitted{}, Errors: []string{}}
	complain := func(err error) {
		if err != nil {
			said.Errors = append(said.Errors, err.Error())
		}
	}
	objects, err := decoded(asked.Objects)
	complain(err)
	pods, err := decoded(asked.Pods)
	complain(err)
	istiods, err := serveIstiods(objects)
	complain(err)
	if len(said.Errors) > 0 {
		return said
	}
	defer istiods.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	gate, err := newAdmission(ctx, objects, istiods.URL)
	complain(err)
	if err != nil {
		return said
	}
	for _, each := range pods {
		pod, ok := each.(*core.Pod)
		if !ok {
			complain(fmt.Errorf("%T is no Pod", each))
			continue
		}
		calls, err := gate.create(ctx, pod)
		answer := admitted{Calls: calls}
		if err != nil {
			answer.Refused = err.Error()
		} else {
			answer.Revision, answer.Proxies = proxiesOf(pod)
		}
		said.Pods = append(said.Pods, answer)
	}
	return said
}

func proxiesOf(pod *core.Pod) (revision string, count int) {
	if _, found := pod.Annotations["sidecar.istio.io/status"]; found {
		revision = pod.Annotations["istio.io/rev"]
	}
	for _, containers := range [][]core.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for _, each := range containers {
			if each.Name == "istio-proxy" {
				count++
			}
		}
	}
	return revision, count
}

func decoded(texts []json.RawMessage) ([]runtime.Object, error) {
	objects := make([]runtime.Object, 0, len(texts))
	for _, text := range texts {
		object, _, err := worlds.Object(text)
		if err != nil {
			return objects, err
		}
		normal, err := json.Marshal(object.Object)
		if err != nil {
			return objects, err
		}
		read, _, err := kube.IstioCodec.UniversalDeserializer().Decode(normal, nil, nil)
		if err != nil {
			return objects, fmt.Errorf("%s: %w", worlds.Name(object), err)
		}
		objects = append(objects, read)
	}
	return objects, nil
}
