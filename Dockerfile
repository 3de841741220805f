# Node 24 is the current LTS line; the module runs on 20.19 and newer.
FROM node:24-slim AS dependencies
WORKDIR /module
COPY package.json package-lock.json ./
COPY lib/automation-sdk-ts/package.json lib/automation-sdk-ts/
RUN npm ci --omit=dev --ignore-scripts

FROM dependencies AS build
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json ./
COPY triggers triggers
COPY lib lib
# The code alone: the console's page stays out of the image.
RUN npx tsc -b
RUN find dist lib/automation-sdk-ts/dist \( -name '*.d.ts' -o -name .tsbuildinfo \) -delete && chmod +x dist/lib/cli/main.js

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /module
COPY --from=dependencies /module ./
COPY --from=build /module/lib/automation-sdk-ts/dist lib/automation-sdk-ts/dist
COPY --from=build /module/dist dist
COPY manifest.json trigger_fetch_new_logs.json connector_fetch_new_logs.json ./
# The operator's commands, for `docker exec`. The platform's values and the data path belong to the user that runs the module.
RUN ln -s /module/dist/lib/cli/main.js /usr/local/bin/lacework-trigger && mkdir -p /symphony /symphony_data && chown 1000:1000 /symphony_data
# The image's user `node`, by number: Kubernetes can then see that it is not root.
USER 1000:1000
EXPOSE 8000 8020
VOLUME /symphony_data
ENTRYPOINT ["node", "dist/triggers/main.js"]
CMD ["fetch_new_logs"]
